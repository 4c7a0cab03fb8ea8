/**
 * Why nothing is recorded. `denied`: the person, or the browser for them, said no. `blocked`: the page's own policy
 * (Permissions-Policy, or a frame without `allow="microphone"`).
 */
export type MicrophoneProblem = 'denied' | 'blocked' | 'missing' | 'busy' | 'failed';

/** Chromium tells what the page's policy is; elsewhere it looks as if the person had said no. */
interface WithPolicy {
  readonly featurePolicy?: { allowsFeature(name: string): boolean };
}

/** From what `getUserMedia` rejects with (W3C, Media Capture and Streams, 10.2). */
export function microphoneProblem(error: unknown): MicrophoneProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return (document as WithPolicy).featurePolicy?.allowsFeature('microphone') === false ? 'blocked' : 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}
