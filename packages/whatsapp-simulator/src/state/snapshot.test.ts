import { describe, expect, it } from 'vitest';
import { createSimulator } from '../simulator.ts';
import { picture, setScene } from '../testing/scene.ts';

describe('a simulator with storage', () => {
  it('comes back as it was', async () => {
    let kept: string | undefined;
    const storage = { load: () => kept, save: (text: string) => void (kept = text) };
    const { simulator, marina } = await setScene({ storage });
    await marina.says('Oi');
    await marina.sends({ image: { data: picture(), caption: 'Olha' } });
    await simulator.settled();
    await simulator.close();

    const again = createSimulator({ storage });
    const [phone] = again.phones;
    expect(phone?.messages.map((each) => each.content.type)).toEqual(['text', 'image']);
    expect(again.numbers).toEqual(simulator.numbers);
    const content = phone?.messages[1]?.content;
    const path = content && 'media' in content ? content.media.path : '';
    const file = await again.fetch(new Request(`http://graph.example${path}`));
    expect((await file.arrayBuffer()).byteLength).toBe(8);
    await again.close();
  });

  it('starts afresh from text that it does not know', () => {
    const simulator = createSimulator({ storage: { load: () => 'lixo', save: () => undefined } });
    expect(simulator.phones).toEqual([]);
  });

  it('refuses to answer once closed', async () => {
    const simulator = createSimulator();
    await simulator.close();
    await expect(simulator.fetch(new Request('http://graph.example/'))).rejects.toMatchObject({ code: 'closed' });
  });
});
