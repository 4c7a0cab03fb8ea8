/** Clocks that differ by less than the gateway allows are not what is wrong. */
const allowedSeconds = 5;

/**
 * What may be behind a token that was refused as expired although it was new: whose clock is wrong.
 *
 * @param date of the answer, by the clock of the gateway; `null` where a page may not see it
 * @param now epoch milliseconds, by the clock of this device
 */
export function clockHint(date: string | null, now: number): string {
  const seconds = Math.round((now - Date.parse(date ?? '')) / 1000);
  if (Math.abs(seconds) <= allowedSeconds) {
    return ' (a new token, and the clock here agrees with the gateway: check the clock of what signs it, and that it is new)';
  }
  const here = seconds > 0 ? `${seconds} s ahead of` : `${-seconds} s behind`;
  return ` (a new token: check the clocks${Number.isNaN(seconds) ? '' : `; that of this device is ${here} the gateway's`})`;
}
