import type { SimulatorContext } from '../context.ts';
import type { PhoneEvent } from './displays.ts';
import type { Phone } from './phone.ts';

const heartbeatMs = 15_000;

/** Server-sent events of one phone: a `view` first, then what changes. A reconnect starts with a fresh `view`. */
export function eventStream(context: SimulatorContext, phone: Phone, signal: AbortSignal): Response {
  const encoder = new TextEncoder();
  let stop: () => void = () => undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string): void => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          stop();
        }
      };
      const send = (event: PhoneEvent): void => write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
      const unwatch = phone.watch(send);
      const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
      stop = () => {
        stop = () => undefined;
        clearInterval(heartbeat);
        unwatch();
        try {
          controller.close();
        } catch {
          // The reader has gone already.
        }
      };
      AbortSignal.any([signal, context.closing]).addEventListener('abort', () => stop(), { once: true });
      write('retry: 1000\n\n');
      send({ type: 'view', view: phone.view });
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
  });
}
