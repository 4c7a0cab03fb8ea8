/** What is recorded, the best first: Opus is what voice messages are made of; Safari has only MP4. */
const wanted = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'] as const;

/** The MIME type that this browser records; `null`: it records nothing here, or the page is not served over HTTPS. */
export function recordingType(): string | null {
  if (typeof MediaRecorder === 'undefined' || !('mediaDevices' in navigator)) return null;
  return wanted.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

/** The name that goes with it; browsers disagree on the name of the type, and the gateway looks inside. */
export function recordingName(mimeType: string): string {
  if (mimeType.startsWith('audio/ogg')) return 'voz.ogg';
  return mimeType.startsWith('audio/mp4') ? 'voz.m4a' : 'voz.webm';
}
