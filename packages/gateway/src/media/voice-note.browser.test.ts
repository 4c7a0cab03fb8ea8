import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { samplesOf, writeOggOpus } from './ogg-opus.ts';
import { isWebmOpus, readWebmOpus } from './webm-opus.ts';

/** A tone, recorded as a browser records a voice. */
async function record(seconds: number): Promise<Blob> {
  // Nothing sounds on a page that nobody has touched.
  await sendKeys({ press: 'a' });
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: 440 });
  const recorded = new MediaStreamAudioDestinationNode(context);
  tone.connect(recorded);
  tone.start();
  const recorder = new MediaRecorder(recorded.stream, { mimeType: 'audio/webm;codecs=opus' });
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
  // In pieces, as whoever uploads while recording gets them.
  recorder.start(250);
  while (parts.reduce((size, { size: more }) => size + more, 0) === 0 || context.currentTime < seconds) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  recorder.stop();
  await stopped;
  await context.close();
  return new Blob(parts);
}

it('what a browser records is played as OGG/Opus, as long and as loud as it was', async function () {
  this.timeout(20_000);
  const bytes = new Uint8Array(await (await record(1)).arrayBuffer());
  void expect(isWebmOpus(bytes.subarray(0, 64 * 1024))).to.equal(true);
  const stream = readWebmOpus(bytes);
  const ogg = writeOggOpus(stream);
  const context = new OfflineAudioContext(1, 48_000, 48_000);
  const [note, original] = await Promise.all([
    context.decodeAudioData(ogg.slice().buffer),
    context.decodeAudioData(bytes.slice().buffer),
  ]);
  const samples = stream.packets.reduce((sum, packet) => sum + samplesOf(packet), 0);
  void expect(note.duration).to.be.closeTo(samples / 48_000, 0.1);
  void expect(note.duration).to.be.closeTo(original.duration, 0.1);
  void expect(note.numberOfChannels).to.equal(1);
  const loudest = (buffer: AudioBuffer) => Math.max(...buffer.getChannelData(0).subarray(9600, 28_800));
  void expect(loudest(note)).to.be.greaterThan(0.1);
  void expect(loudest(note)).to.be.closeTo(loudest(original), 0.1);
});
