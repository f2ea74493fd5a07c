// The line of a page that says how old its news is.

const MISSES_TO_TELL = 2;

export class WatchLine {
  #line;
  #heardAt = new Date();
  #misses = 0;

  /** @param {HTMLElement} line Its sentences are in its data-text-…: watching, stale, given-up. */
  constructor(line) {
    this.#line = line;
    this.#say(line.dataset.textWatching);
  }

  /**
   * One answer that did not come is nothing; a second one is told, once.
   *
   * @param {boolean} isAnswered
   */
  turn(isAnswered) {
    if (isAnswered) {
      if (this.#misses >= MISSES_TO_TELL) {
        this.#say(this.#line.dataset.textWatching);
      }
      this.#heardAt = new Date();
      this.#misses = 0;
      return;
    }
    this.#misses += 1;
    if (this.#misses === MISSES_TO_TELL) {
      this.#say(this.#line.dataset.textStale?.replace("{time}", this.#clock()));
    }
  }

  giveUp() {
    this.#say(this.#line.dataset.textGivenUp);
  }

  /** @param {string} [sentence] */
  #say(sentence) {
    this.#line.textContent = sentence ?? "";
  }

  #clock() {
    return this.#heardAt.toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
  }
}
