import { expect, waitUntil } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import './define.ts';
import { webmToOgg } from '../phone/webm-to-ogg.ts';
import { bubbles, openPhonePage, part } from '../testing/phone-page.ts';
import type { PhonePage } from '../testing/phone-page.ts';

let page: PhonePage;
let context: AudioContext;
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);

/** A tone in the place of a voice: the browser of the tests has no microphone. */
function whistle(): MediaStream {
  const tone = new OscillatorNode(context, { frequency: 440 });
  const end = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  tone.connect(end);
  tone.start();
  return end.stream;
}

beforeEach(async () => {
  page = await openPhonePage();
  context = new AudioContext();
  // A page may sound only after somebody has touched it.
  await sendMouse({ type: 'click', position: [5, 5] });
  await context.resume();
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(whistle());
});
afterEach(async () => {
  navigator.mediaDevices.getUserMedia = ask;
  await context.close();
  await page.close();
});

async function record(ms: number): Promise<Uint8Array<ArrayBuffer>> {
  const recorder = new MediaRecorder(whistle(), { mimeType: 'audio/webm;codecs=opus' });
  const chunks: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data));
  recorder.start();
  await waitUntil(() => context.currentTime > ms / 1000, 'the recording is long enough', { timeout: 10_000 });
  await new Promise((resolve) => {
    recorder.addEventListener('stop', resolve, { once: true });
    recorder.stop();
  });
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

describe('a recording', () => {
  it('becomes an OGG that is as long, and can be decoded', async () => {
    const webm = await record(600);
    const ogg = webmToOgg(webm);
    if (!ogg) throw new Error('there is no OGG');
    void expect(new TextDecoder().decode(ogg.subarray(0, 4))).to.equal('OggS');
    const [before, after] = await Promise.all([
      context.decodeAudioData(webm.slice().buffer),
      context.decodeAudioData(ogg.slice().buffer),
    ]);
    void expect(after.numberOfChannels).to.equal(before.numberOfChannels);
    void expect(after.duration).to.be.closeTo(before.duration, 0.08);
    const loudest = Math.max(...after.getChannelData(0).map(Math.abs));
    void expect(loudest).to.be.greaterThan(0.3);
  });

  it('that is none is left as it is', () => {
    void expect(webmToOgg(new Uint8Array([1, 2, 3, 4]))).to.equal(undefined);
    void expect(webmToOgg(new Uint8Array())).to.equal(undefined);
  });
});

describe('voice notes on whatsapp-phone', () => {
  it('are recorded, sent as OGG and shown to be played', async () => {
    const element = await page.phone();
    part(element, '.record')?.click();
    await waitUntil(() => part(element, '.recording') !== null);
    await expect(element).to.be.accessible();
    const began = context.currentTime;
    await waitUntil(() => context.currentTime > began + 0.4, 'something is recorded', { timeout: 10_000 });
    part(element, '.record')?.click();
    await waitUntil(() => bubbles(element).length === 1);
    await page.simulator.settled();
    const audio = page.inbound()[0]?.['audio'] as { mime_type: string; voice: boolean };
    void expect([audio.mime_type, audio.voice]).to.deep.equal(['audio/ogg; codecs=opus', true]);
    void expect(part(element, 'audio')).not.to.equal(null);
  });

  it('can be thrown away', async () => {
    const element = await page.phone();
    part(element, '.record')?.click();
    await waitUntil(() => part(element, '.recording') !== null);
    part(element, '[aria-label="Descartar gravação"]')?.click();
    await waitUntil(() => part(element, '.recording') === null);
    await page.simulator.settled();
    void expect(page.inbound()).to.deep.equal([]);
  });

  it('say so when there is no microphone', async () => {
    const element = await page.phone();
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
    part(element, '.record')?.click();
    await waitUntil(() => part(element, '[role=alert]') !== null);
    void expect(part(element, '[role=alert]')?.textContent).to.contain('microfone');
    await expect(element).to.be.accessible();
  });
});
