import sharp from 'sharp';

// One decode a worker at a time, one thread each: several photos side by side are faster than one
// photo on several threads, and libvips' operation cache never hits on photos read once.
sharp.concurrency(1);
sharp.cache(false);

export { sharp };
