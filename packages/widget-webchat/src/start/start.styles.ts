import { css } from 'lit';

/** The form before the first message, and the survey after the last. */
export const startStyles = css`
  .start {
    display: grid;
    gap: 12px;
  }
  .start .line {
    margin: 0;
  }
  .start .bubble {
    white-space: pre-wrap;
  }
  .card {
    display: grid;
    gap: 12px;
    padding: 14px;
    border: 1px solid var(--_line);
    border-radius: 14px;
    background: var(--_surface);
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .error {
    color: var(--_danger);
    font-size: var(--_size-small);
  }
  .subjects legend {
    margin-block-end: 8px;
  }
  .subjects .error {
    margin-block-start: 8px;
  }
  .pills {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .pill > span {
    display: block;
    padding: 6px 13px;
    border: 1px solid var(--_accent-text);
    border-radius: 99px;
    background: var(--_surface);
    color: var(--_accent-text);
    font-size: calc(var(--_size) - 0.5px);
    font-weight: 600;
    line-height: 1.4;
    cursor: pointer;
    overflow-wrap: anywhere;
    transition: background-color var(--_motion);
  }
  .pill > span:hover {
    background: var(--_accent-soft);
  }
  .pill :checked + span {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_accent-ink);
  }
  .pill :focus-visible + span,
  .score :focus-visible + span {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .survey {
    margin-block-start: 14px;
  }
  .survey legend {
    margin-block-end: 10px;
    font-size: var(--_size);
    line-height: 1.35;
  }
  .scores {
    display: flex;
    gap: 6px;
  }
  .scores.many {
    display: grid;
    grid-template-columns: repeat(6, 1fr);
  }
  .score {
    position: relative;
    flex: 1;
  }
  .score > span {
    display: grid;
    place-items: center;
    min-block-size: 38px;
    border: 1px solid color-mix(in oklab, var(--_line-strong) 60%, transparent);
    border-radius: var(--_radius);
    font-weight: 550;
    cursor: pointer;
    transition: background-color var(--_motion);
  }
  .score > span:hover {
    background: var(--_accent-soft);
  }
  .score :checked + span {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_accent-ink);
  }
  .ends {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    margin-block-start: 6px;
    color: var(--_muted);
    font-size: 11.5px;
  }
  .answered {
    grid-template-columns: auto 1fr;
    align-items: center;
  }
  .answered .icon {
    color: var(--_success);
  }
`;
