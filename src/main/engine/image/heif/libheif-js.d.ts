declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  // oxlint-disable-next-line typescript/consistent-type-imports -- no other way in here
  const makeLibHeif: () => import('./libheif').LibHeif;
  // oxlint-disable-next-line studio/named-exports -- that is how the package exports it
  export default makeLibHeif;
}
