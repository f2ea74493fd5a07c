// The states of the payment page and the moves between them.
//
//   initializing → ready → processing → success
//         ↓          ↑          ↓
//         └──────→ error ←──────┘        error → cancelled
//
// An error of the card leads back to ready, on the same card form; an error
// that left no card form leads back to initializing.

/**
 * @typedef {"initializing" | "ready" | "processing" | "success" | "error" | "cancelled"} PaymentState
 * @typedef {"loaded" | "submit" | "succeed" | "fail" | "retry" | "restart" | "cancel"} PaymentMove
 */

/** @type {Record<PaymentState, Partial<Record<PaymentMove, PaymentState>>>} */
const MOVES = {
  initializing: { loaded: "ready", succeed: "success", fail: "error" },
  ready: { submit: "processing", succeed: "success", fail: "error" },
  processing: { succeed: "success", fail: "error" },
  error: { retry: "ready", restart: "initializing", succeed: "success", cancel: "cancelled" },
  success: {},
  cancelled: {},
};

export class PaymentMachine {
  /** @type {PaymentState} */
  #state = "initializing";
  #onChange;

  /**
   * @param {(state: PaymentState) => void} onChange Told every state it enters, the first one too.
   */
  constructor(onChange) {
    this.#onChange = onChange;
    onChange(this.#state);
  }

  get state() {
    return this.#state;
  }

  /**
   * Make a move if the state allows it.
   *
   * @param {PaymentMove} move
   * @returns {boolean} Whether it was made: a second click finds it refused.
   */
  send(move) {
    const next = MOVES[this.#state][move];
    if (next === undefined) {
      return false;
    }
    this.#state = next;
    this.#onChange(next);
    return true;
  }
}
