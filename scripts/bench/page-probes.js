/* global addEventListener, document, performance, requestAnimationFrame, window */
// Runs on the studio's page: how long the page takes to show what a person asked for.

const limitMs = 3000;

const cell = (place) => document.querySelector(`#photo-cell-${place}`);

/** Resolves with the milliseconds from the next event of this kind until `look` says something new. */
function changed(kind, look) {
  const before = look();
  return new Promise((resolve) => {
    const begin = () => {
      const from = performance.now();
      const watch = () => {
        const passed = performance.now() - from;
        if (look() !== before) resolve(passed);
        // What looks the same afterwards cannot be measured.
        else if (passed > limitMs) resolve(Number.NaN);
        else requestAnimationFrame(watch);
      };
      requestAnimationFrame(watch);
    };
    addEventListener(kind, begin, { capture: true, once: true });
  });
}

window.probes = {
  /** The photo at this place has been decoded. */
  isShown(place) {
    const image = cell(place)?.querySelector('img');
    return image?.complete === true && image.naturalWidth > 0;
  },
  /** From the next click until the list begins with another photo, or has other lines or titles. */
  watchList() {
    window.probes.result = changed('click', () => {
      const grid = document.querySelector('[role="grid"]');
      const title = grid?.querySelector('[role="rowheader"]')?.textContent;
      return [cell(0)?.querySelector('img')?.src, grid?.ariaRowCount, title].join(' ');
    });
  },
  /** From the next key until the photo at this place has another label. */
  watchLabel(place) {
    window.probes.result = changed('keydown', () => cell(place)?.textContent);
  },
};
