// The JSON that the panel reads.

export interface DeliveryRow {
  id: string;
  url: string;
  state: "waiting" | "delivered" | "failed" | "held" | "dropped";
  tries: number;
  accepted: number;
  status: number | null;
  error: string | null;
  next_at: number | null;
  faults: string[];
}

export interface CallRow {
  id: string;
  at: number;
  method: string;
  path: string;
  status: number | null;
  duration_ms: number | null;
  fault: string | null;
  replayed: boolean;
  by_browser: boolean;
  about: string | null;
  error: string | null;
}

export interface EventRow {
  id: string;
  at: number;
  type: string;
  created: number;
  request: string | null;
  about: string | null;
  deliveries: DeliveryRow[];
}

export interface Rule {
  id: number;
  fault: string;
  route: string;
  event: string;
  nth: number;
  count: number;
  options: Record<string, unknown>;
  seen: number;
  struck: number;
}

export interface Timer {
  name: string;
  at: number;
  about: string | null;
}

export interface Overview {
  calls: CallRow[];
  events: EventRow[];
  offset_s: number;
  timers: Timer[];
  faults: Rule[];
  webhooks: { enabled: boolean; workers: number };
  payment_methods: string[];
  counts: Record<string, number>;
}

export interface Summary {
  id: string;
  object: string;
  title: string;
  status: string;
  amount: number | null;
  currency: string | null;
  created: number | null;
}

/** One of Stripe's objects, as the API shows it. */
export type Thing = Record<string, any> & { id: string; object: string };

export interface Story {
  object: Thing;
  summary: Summary;
  around: Summary[];
  calls: CallRow[];
  events: EventRow[];
}

export interface Attempt {
  time: number;
  status: number | null;
  response: string | null;
  error: string | null;
  signature: string;
  duration_ms: number;
}

export interface Delivery extends Omit<DeliveryRow, "tries" | "accepted" | "status" | "error" | "faults"> {
  event: string;
  faults: Record<string, unknown>;
  attempts: Attempt[];
}

export interface WholeCall {
  call: Omit<CallRow, "at" | "about" | "error" | "by_browser"> & {
    time: number;
    params: Record<string, unknown>;
    headers: Record<string, string>;
    idempotency_key: string | null;
    response: unknown;
  };
  about: string | null;
  events: EventRow[];
}

export interface TestCard {
  number: string;
  brand: string;
  group: string;
  does: string;
  token: string | null;
}

export interface FaultWords {
  name: string;
  title: string;
  explanation: string;
  options: Record<string, number | boolean>;
}

export interface Facts {
  api_version: string;
  cards: TestCard[];
  call_faults: FaultWords[];
  event_faults: FaultWords[];
  routes: string[];
  dispute_statuses: string[];
}

export interface Endpoint {
  id: string;
  url: string;
  enabled_events: string[];
  status: string;
  secrets: string[];
}

/** A field of a form. `money` is typed in major units and handed on in minor ones. */
export interface Field {
  name: string;
  label: string;
  kind: "choice" | "money" | "number" | "text" | "check";
  value?: string | number | boolean;
  hint?: string;
  currency?: string;
  choices?: { value: string; label: string; group?: string }[];
  suggestions?: string[];
  optional?: boolean;
}

export type Values = Record<string, any>;

/** Something that one can do to an object. It answers with what to say about it. */
export interface Action {
  label: string;
  bad?: boolean;
  main?: boolean;
  hint?: string;
  fields?: Field[];
  does: (values: Values) => Promise<string>;
}

/** A line of a list: made again only when its sign changes. */
export interface Line {
  key: string;
  sign: string;
  make: () => HTMLElement;
}

/** A section of the page, while it is open. */
export interface Section {
  show: (path: string[]) => void;
  stop: () => void;
}
