/** `R$ 1.234,50`. A currency that is none is written behind the number. */
export function money(language: string, amount: number, currency: string | null): string {
  if (currency !== null && /^[a-z]{3}$/i.test(currency)) {
    return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount);
  }
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount);
  return currency === null ? number : `${number} ${currency}`;
}
