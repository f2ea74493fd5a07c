// Listeners of an Element.

import { IntegrationError } from "./integration-error.js";

/** @typedef {(event: any) => any} Listener */

export class Events {
  /** @type {Map<string, {listener: Listener, once: boolean}[]>} */
  #listeners = new Map();

  /**
   * @param {string} name
   * @param {Listener} listener
   * @param {boolean} once
   */
  add(name, listener, once) {
    if (typeof listener !== "function") {
      throw new IntegrationError(
        `Missing handler for the "${name}" event: it should be a function.`,
      );
    }
    this.#listeners.set(name, [...this.#of(name), { listener, once }]);
  }

  /**
   * @param {string} name
   * @param {Listener} [listener] none: all of that event
   */
  remove(name, listener) {
    const kept = this.#of(name).filter((entry) => listener && entry.listener !== listener);
    this.#listeners.set(name, kept);
  }

  /**
   * @param {string} name
   * @returns {boolean}
   */
  has(name) {
    return this.#of(name).length > 0;
  }

  /**
   * Calls the listeners, each in a task of its own so that one that throws stops no other.
   *
   * @param {string} name
   * @param {object} event
   */
  emit(name, event) {
    const entries = this.#of(name);
    this.#listeners.set(
      name,
      entries.filter(({ once }) => !once),
    );
    for (const { listener } of entries) {
      try {
        listener(event);
      } catch (error) {
        setTimeout(() => {
          throw error;
        });
      }
    }
  }

  /** @param {string} name */
  #of(name) {
    return this.#listeners.get(name) ?? [];
  }
}
