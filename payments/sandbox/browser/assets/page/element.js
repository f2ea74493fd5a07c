// What the Payment Element and the Express Checkout Element have in common.

import { Events } from "./events.js";
import { IntegrationError } from "./integration-error.js";
import { makeFrame } from "./frame.js";
import { messageFor } from "../shared/error-messages.js";

/**
 * @typedef {import("./events.js").Listener} Listener
 * @typedef {import("./elements.js").Group} Group
 * @typedef {import("@stripe/stripe-js").StripeError} StripeError
 */

const NOT_READY =
  "We could not retrieve data from the specified Element. Please make sure the Element " +
  "you are attempting to use is mounted and the ready event has been emitted.";

// As Stripe's: the frame stands out by the width of a focus ring, which is cut otherwise.
const FRAME_STYLE = {
  display: "block",
  width: "calc(100% + 8px)",
  margin: "-4px",
  border: "0",
  overflow: "hidden",
  "color-scheme": "light only",
  "user-select": "none",
};

export class Element {
  events = new Events();
  /** @type {import("./frame.js").Frame | null} */
  #frame = null;
  /** @type {HTMLElement | null} */
  #container = null;
  #isReady = false;
  #isDestroyed = false;

  /**
   * @param {Group} group
   * @param {object} kind
   * @param {"payment" | "expressCheckout"} kind.type
   * @param {string} kind.path of the frame
   * @param {string} kind.title
   * @param {number} kind.height of the frame before it has reported its own, in px
   * @param {Record<string, any>} options of elements.create
   */
  constructor(group, kind, options) {
    this.group = group;
    this.kind = kind;
    this.options = options;
  }

  /** @param {string | HTMLElement} [target] */
  mount(target) {
    this.#mustExist();
    const container = findContainer(target);
    if (this.isMounted()) {
      if (container === this.#container) return;
      throw new IntegrationError(
        "This Element is already mounted. Use `unmount()` to unmount the Element before re-mounting.",
      );
    }
    this.#frame?.end();
    if (container.childNodes.length > 0) {
      console.warn(
        "This Element will be mounted to a DOM element that contains child nodes.",
      );
    }
    this.#isReady = false;
    this.#container = container;
    const { group, kind } = this;
    this.#frame = makeFrame({
      sandbox: group.sandbox,
      path: `${kind.path}?locale=${encodeURIComponent(group.locale)}`,
      title: kind.title,
      config: this.frameConfig(),
      handlers: this.handlers(),
      onUnreachable: () =>
        this.fail({
          type: "api_connection_error",
          message: messageFor("api_connection_error", group.locale),
        }),
    });
    const { style } = this.#frame.iframe;
    for (const [property, value] of Object.entries(FRAME_STYLE)) {
      style.setProperty(property, value);
    }
    style.setProperty("height", `${kind.height}px`);
    container.replaceChildren(this.#frame.iframe);
    container.classList.add("StripeElement");
    this.#frame.begin();
    this.emit("loaderstart");
  }

  unmount() {
    this.#mustExist();
    this.#frame?.end();
    this.#frame = null;
    this.#isReady = false;
    this.#container?.classList.remove("StripeElement", "StripeElement--focus");
    this.#container = null;
  }

  destroy() {
    this.unmount();
    this.#isDestroyed = true;
    this.group.forget(this);
  }

  focus() {
    this.#mustExist();
    this.#frame?.channel()?.tell("focus");
    this.#frame?.iframe.focus();
  }

  blur() {
    this.#mustExist();
    this.#frame?.channel()?.tell("blur");
  }

  clear() {
    this.#mustExist();
    this.#frame?.channel()?.tell("clear");
  }

  /** @param {Record<string, any>} options */
  update(options) {
    this.#mustExist();
    this.options = { ...this.options, ...options };
    this.#frame?.channel()?.tell("update", { element: options });
    return this;
  }

  /** @param {string} name @param {Listener} listener */
  on(name, listener) {
    this.events.add(name, listener, false);
    return this;
  }

  /** @param {string} name @param {Listener} listener */
  once(name, listener) {
    this.events.add(name, listener, true);
    return this;
  }

  /** @param {string} name @param {Listener} [listener] */
  off(name, listener) {
    this.events.remove(name, listener);
    return this;
  }

  /** @returns {boolean} whether its frame is in the page now */
  isMounted() {
    return Boolean(this.#frame?.iframe.isConnected);
  }

  /**
   * Asks the frame; only one that is mounted and ready can answer.
   *
   * @param {string} name
   * @param {unknown} [argument]
   * @returns {Promise<any>}
   */
  ask(name, argument) {
    const channel = this.#frame?.channel();
    if (!this.isMounted() || !this.#isReady || !channel) {
      throw new IntegrationError(NOT_READY);
    }
    return channel.call(name, argument);
  }

  /** @param {string} name @param {unknown} argument */
  tell(name, argument) {
    this.#frame?.channel()?.tell(name, argument);
  }

  /** @param {string} name @param {object} [details] */
  emit(name, details) {
    this.events.emit(name, { elementType: this.kind.type, ...details });
  }

  /** @param {StripeError} error */
  fail(error) {
    this.#frame?.end();
    this.#frame = null;
    this.#isReady = false;
    if (!this.events.has("loaderror")) {
      console.error(`Unhandled ${this.kind.type} Element loaderror`, { error });
    }
    this.emit("loaderror", { error });
  }

  /** @returns {any} what the frame needs to begin */
  frameConfig() {
    const { key, ref, session, locale, appearance, fonts, amount, currency } = this.group;
    const about = { key, ref, session, locale, appearance, fonts, amount, currency };
    return { ...about, element: this.options };
  }

  /** @returns {import("../shared/channel.js").Handlers} what the frame may tell */
  handlers() {
    return {
      /** @param {number} height */
      resize: (height) => {
        this.#frame?.iframe.style.setProperty("height", `${height}px`);
      },
      /** @param {any} details */
      ready: (details) => {
        this.#isReady = true;
        this.emit("ready", this.readyDetails(details));
      },
      /** @param {StripeError} error */
      loaderror: (error) => this.fail(error),
      /** @param {object} state */
      change: (state) => this.emit("change", state),
      focus: () => {
        this.#container?.classList.add("StripeElement--focus");
        this.emit("focus");
      },
      blur: () => {
        this.#container?.classList.remove("StripeElement--focus");
        this.emit("blur");
      },
      escape: () => this.emit("escape"),
      /** @param {string[]} names */
      refused: (names) => {
        for (const name of names) {
          console.warn(`Stripe.js: ${name} is not supported and was left out.`);
        }
      },
    };
  }

  /**
   * @param {any} _details told by the frame
   * @returns {object | undefined} for the `ready` event
   */
  readyDetails(_details) {
    return undefined;
  }

  #mustExist() {
    if (this.#isDestroyed) {
      throw new IntegrationError(
        "This Element has already been destroyed. Please create a new one.",
      );
    }
  }
}

/**
 * @param {unknown} target
 * @returns {HTMLElement}
 */
function findContainer(target) {
  if (!target) {
    throw new IntegrationError(
      "Missing argument. Make sure to call mount() with a valid DOM element or selector.",
    );
  }
  if (typeof target === "string") {
    const found = document.querySelector(target);
    if (found instanceof HTMLElement) return found;
    throw new IntegrationError(
      `The selector you specified (${target}) applies to no DOM elements that are currently on the page. ` +
        "Make sure the element exists on the page before calling mount().",
    );
  }
  if (target instanceof HTMLElement) return target;
  throw new IntegrationError(
    "Invalid DOM element. Make sure to call mount() with a valid DOM element or selector.",
  );
}
