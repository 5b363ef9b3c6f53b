/** Instead of the next bytes of an answer: wait, never go on, or close the connection when the rest is sent. */
export type Interruption = { readonly waitMs: number } | 'stall' | 'close';

/** What a connection does to answer a request. */
export type Step = Buffer | Interruption;
