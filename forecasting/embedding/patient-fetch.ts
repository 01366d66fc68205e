/** How long a server may keep us waiting. */
export interface FetchPatience {
  /** [ms] until an answer begins. */
  readonly answer: number;
  /** [ms] between two parts of a body. */
  readonly stall: number;
}

/** Fetch that gives up on a server that does not answer, or stops in the middle, instead of waiting for ever. */
export function patientFetch(patience: FetchPatience): (input: string | URL, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const controller = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const wait = (milliseconds: number, what: string) => {
      clearTimeout(timer);
      timer = setTimeout(() => controller.abort(new Error(`${new URL(input).host} ${what} within ${milliseconds / 1000} s`)), milliseconds);
    };
    wait(patience.answer, 'did not answer');
    try {
      const response = await fetch(input, { ...init, signal: controller.signal });
      clearTimeout(timer);
      if (!response.ok || response.body === null) return response;
      wait(patience.stall, 'sent nothing more');
      const watched = new TransformStream<Uint8Array, Uint8Array>({
        transform(part, sink) {
          wait(patience.stall, 'sent nothing more');
          sink.enqueue(part);
        },
        flush: () => clearTimeout(timer),
      });
      return new Response(response.body.pipeThrough(watched), { status: response.status, headers: response.headers });
    } catch (error) {
      clearTimeout(timer);
      throw error;
    }
  };
}
