/** Pictures and sounds that no one has to download. */

async function drawn(
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
): Promise<string> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return '';
  draw(context);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  return blob ? URL.createObjectURL(blob) : '';
}

/** A modem on a shelf, with one light that is red. */
export function modemPicture(): Promise<string> {
  return drawn(960, 720, (context) => {
    const wall = context.createLinearGradient(0, 0, 0, 720);
    wall.addColorStop(0, '#d9d3c7');
    wall.addColorStop(1, '#b9b0a0');
    context.fillStyle = wall;
    context.fillRect(0, 0, 960, 720);
    context.fillStyle = '#7d5f45';
    context.fillRect(0, 520, 960, 200);
    context.fillStyle = '#6a4f39';
    context.fillRect(0, 520, 960, 16);
    context.fillStyle = 'rgb(0 0 0 / 25%)';
    context.beginPath();
    context.ellipse(480, 540, 330, 26, 0, 0, Math.PI * 2);
    context.fill();
    context.strokeStyle = '#2b2f33';
    context.lineWidth = 16;
    context.lineCap = 'round';
    for (const x of [270, 690]) {
      context.beginPath();
      context.moveTo(x, 390);
      context.lineTo(x + (x < 480 ? -60 : 60), 130);
      context.stroke();
    }
    const body = context.createLinearGradient(0, 380, 0, 530);
    body.addColorStop(0, '#4a5057');
    body.addColorStop(1, '#262a2e');
    context.fillStyle = body;
    context.beginPath();
    context.roundRect(180, 380, 600, 150, 34);
    context.fill();
    const lights = ['#58d68d', '#58d68d', '#ff5a4d', '#3b4147', '#58d68d'];
    for (const [i, light] of lights.entries()) {
      context.fillStyle = light;
      context.shadowColor = light;
      context.shadowBlur = light === '#3b4147' ? 0 : 26;
      context.beginPath();
      context.arc(300 + i * 90, 462, 11, 0, Math.PI * 2);
      context.fill();
    }
  });
}

/** Fourteen seconds that rise and fall as speech does, as a WAV file. */
export function voiceRecording(seconds = 14): string {
  const rate = 8000;
  const bytes = new DataView(new ArrayBuffer(44 + seconds * rate));
  const text = (at: number, value: string) => {
    for (let i = 0; i < value.length; i++) bytes.setUint8(at + i, value.charCodeAt(i));
  };
  text(0, 'RIFF');
  bytes.setUint32(4, 36 + seconds * rate, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, rate, true);
  bytes.setUint32(28, rate, true);
  bytes.setUint16(32, 1, true);
  bytes.setUint16(34, 8, true);
  text(36, 'data');
  bytes.setUint32(40, seconds * rate, true);
  for (let i = 0; i < seconds * rate; i++) {
    const t = i / rate;
    bytes.setUint8(44 + i, 128 + 60 * Math.sin(t * 900) * Math.abs(Math.sin(t * 3)));
  }
  return URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' }));
}
