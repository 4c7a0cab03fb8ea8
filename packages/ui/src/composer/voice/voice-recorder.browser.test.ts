import { expect } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import type { MicrophoneProblem } from './microphone-problem.ts';
import { VoiceRecorder, type Recording } from './voice-recorder.ts';

/** Records until it ends, by itself or by `act`. */
function record(
  maxBytes: number,
  act: (recorder: VoiceRecorder, seconds: number, level: number) => void,
): Promise<Recording | MicrophoneProblem> {
  return new Promise((resolve) => {
    const recorder: VoiceRecorder = new VoiceRecorder({
      maxBytes,
      onStarted: () => undefined,
      onBeat: (seconds, level) => {
        act(recorder, seconds, level);
      },
      onEnded: resolve,
      onProblem: resolve,
    });
    void recorder.start();
  });
}

const mega = 1024 * 1024;

it('a recording is Opus, as long as it was and as loud', async () => {
  await sendMouse({ type: 'click', position: [2, 2] });
  let loudest = 0;
  const recording = await record(16 * mega, (recorder, seconds, level) => {
    loudest = Math.max(loudest, level);
    // The microphone of the tests beeps once a second.
    if (seconds > 1.5) recorder.stop();
  });
  if (typeof recording === 'string') throw new Error(recording);
  const { file, seconds, end } = recording;
  expect([end, file.name, file.type]).to.deep.equal(['stopped', 'voz.webm', 'audio/webm']);
  const context = new OfflineAudioContext(1, 48_000, 48_000);
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  expect(sound.duration).to.be.closeTo(seconds, 0.4);
  expect(Math.max(...sound.getChannelData(0))).to.be.greaterThan(0.05);
  expect(loudest).to.be.greaterThan(0.3);
});

it('a recording ends before it is larger than the channel takes, and is whole', async () => {
  const recording = await record(256 * 1024 + 1000, () => undefined);
  if (typeof recording === 'string') throw new Error(recording);
  expect(recording.end).to.equal('full');
  expect(recording.file.size)
    .to.be.greaterThan(1000)
    .and.lessThan(256 * 1024);
});
