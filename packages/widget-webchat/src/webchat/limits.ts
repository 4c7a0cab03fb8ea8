/** Longest text of a visitor, in characters: as the contract has it, which is not loaded into pages. */
export const visitorTextMaxLength = 4096;
