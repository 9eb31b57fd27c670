/* global Worker */
// In the page for phones, before its own code: keeps when and how its worker answers frames of the camera.
const answers = [];

globalThis.Worker = class extends Worker {
  constructor(url, options) {
    super(url, options);
    this.addEventListener('message', ({ data }) => {
      if (data.kind !== 'answer') return;
      const { sha256, inferenceMs, totalMs } = data.answer;
      answers.push({ sha256, inferenceMs, totalMs, at: Date.now() });
    });
  }
};

globalThis.answersGiven = () => answers;
