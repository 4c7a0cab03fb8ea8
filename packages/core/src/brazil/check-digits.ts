/**
 * Modulo-11 check digit of the Receita Federal. A character is worth its ASCII code minus 48, so digits are worth
 * themselves and `A` is 17 (IN RFB 2.229/2024, alphanumeric CNPJ).
 *
 * @param weights one for each character of `body`
 */
export function checkDigit(body: string, weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum += (body.charCodeAt(i) - 48) * (weights[i] ?? 0);
  const rest = sum % 11;
  return rest < 2 ? 0 : 11 - rest;
}
