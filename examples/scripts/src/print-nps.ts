import { run } from './connect.ts';

/** Prints last week's NPS: the score, how many answered, and who gave which score. */
await run(async (prosa) => {
  const to = new Date();
  const from = new Date(to.getTime() - 7 * 24 * 60 * 60 * 1000);
  const { score, sent, answered, responseRate, distribution } = await prosa.surveys.results({
    instrument: 'nps',
    from: from.toISOString(),
    to: to.toISOString(),
  });
  const percent = responseRate === null ? '–' : `${Math.round(responseRate * 100)}%`;
  console.log(`NPS: ${score ?? '–'}   respostas: ${answered} de ${sent} (${percent})`);
  for (const { score: value, count } of [...distribution].reverse()) {
    console.log(`${String(value).padStart(3)} ${'█'.repeat(count)} ${count}`);
  }
});
