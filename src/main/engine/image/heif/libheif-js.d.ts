declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports -- no other way in here
  const makeLibHeif: () => import('./libheif').LibHeif;
  // eslint-disable-next-line no-restricted-syntax -- that is how the package exports it
  export default makeLibHeif;
}
