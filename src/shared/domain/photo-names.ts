/** Formats that are decoded, and others that people have photos in: those are told why not. */
const photoExtensions = new Set(
  (
    'jpg jpeg jpe jfif png webp avif tif tiff gif ' +
    'heic heif hif jxl jp2 bmp psd dng cr2 cr3 nef arw orf rw2 raf pef srw'
  ).split(' '),
);

/** Whether a file in a folder is meant to be a photo, by its name: only then is it opened. */
export function isPhotoName(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return !isHiddenName(name) && dot > 0 && photoExtensions.has(name.slice(dot + 1).toLowerCase());
}

/** Files and folders that systems put beside photos: hidden ones, and thumbnails of their own. */
export function isHiddenName(name: string): boolean {
  return name.startsWith('.') || name === '__MACOSX' || name === '@eaDir';
}
