import { css } from 'lit';

/** A thread: customer at the start, us at the end, what happened in the middle. */
export const messageStyles = css`
  .day {
    display: flex;
    justify-content: center;
    padding-block: 18px 8px;
  }
  .day-pill {
    padding: 2px 12px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_surface);
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .day-pill::first-letter {
    text-transform: uppercase;
  }
  .event-line {
    padding: 9px 12%;
    color: var(--_muted);
    font-size: var(--_size-small);
    text-align: center;
    text-wrap: balance;
    font-variant-numeric: tabular-nums;
  }
  .event-line strong {
    font-weight: 650;
    color: var(--_text);
  }
  .event-reason {
    margin-block-start: 2px;
    overflow-wrap: anywhere;
  }

  .message {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    padding-block: 1.5px;
  }
  .message.first {
    padding-block-start: 7px;
  }
  .message.ours {
    align-items: flex-end;
  }
  .bubble {
    position: relative;
    max-inline-size: min(64%, 560px);
    min-inline-size: 72px;
    padding: 7px 11px 7px 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-large);
    background: var(--_bubble-in);
    overflow-wrap: anywhere;
  }
  .bubble::after {
    content: '';
    display: block;
    clear: both;
  }
  .ours > .bubble {
    border-color: transparent;
    background: var(--_bubble-out);
  }
  .theirs.last > .bubble {
    border-end-start-radius: 5px;
  }
  .ours.last > .bubble {
    border-end-end-radius: 5px;
  }
  .automatic > .bubble {
    border: 1px dashed var(--_line-strong);
    background: transparent;
    color: color-mix(in oklab, var(--_text) 84%, var(--_muted));
  }
  .pending > .bubble {
    background: color-mix(in oklab, var(--_bubble-out) 60%, var(--_sunken));
  }
  .failed > .bubble {
    border-color: color-mix(in oklab, var(--_danger) 55%, transparent);
  }
  .author {
    margin-block-end: 1px;
    color: var(--_muted);
    font-size: var(--_size-small);
    font-weight: 650;
  }
  .text {
    white-space: pre-wrap;
    unicode-bidi: plaintext;
  }
  .text a {
    color: var(--_accent-text);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 2px;
  }
  .text strong {
    font-weight: 650;
  }
  .text .quote {
    display: inline-block;
    max-inline-size: 100%;
    box-sizing: border-box;
    padding-inline-start: 8px;
    border-inline-start: 3px solid var(--_accent-text);
  }
  .text code {
    padding: 0 3px;
    border-radius: 4px;
    background: var(--_chip);
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    font-size: 0.93em;
  }
  .text .block {
    display: block;
    margin-block: 3px;
    padding: 6px 8px;
    border-radius: 6px;
    background: var(--_chip);
    font-size: 0.93em;
    white-space: pre-wrap;
  }
  .meta {
    float: inline-end;
    display: inline-flex;
    align-items: center;
    gap: 3px;
    margin: 5px 0 -3px 12px;
    color: var(--_muted);
    font-size: var(--_size-tiny);
    line-height: 1.4;
    user-select: none;
  }
  .ticks {
    display: inline-flex;
    color: var(--_muted);
  }
  .ticks .icon {
    inline-size: 15px;
    block-size: 15px;
    stroke-width: 1.8;
  }
  .ticks.pending .icon,
  .ticks.unconfirmed .icon {
    inline-size: 12px;
    block-size: 12px;
  }
  .ticks.read,
  .ticks.played {
    color: var(--_read);
  }
  .ticks.failed {
    color: var(--_danger);
  }
  .ticks.unconfirmed {
    color: var(--_warning);
  }
  .send-problem {
    max-inline-size: min(100%, 560px);
    padding: 4px 2px 2px;
    color: var(--_danger);
    font-size: var(--_size-small);
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  .ours > .send-problem {
    text-align: end;
  }
  .send-problem .icon {
    display: inline-block;
    inline-size: 14px;
    block-size: 14px;
    margin-inline-end: 5px;
    vertical-align: -2px;
  }
  .send-problem > :is(button, .muted) {
    margin-inline-start: 8px;
  }

  @container (inline-size < 560px) {
    .bubble {
      max-inline-size: 84%;
    }
    .event-line {
      padding-inline: 4%;
    }
  }
  @media (forced-colors: active) {
    .ours > .bubble {
      border-color: CanvasText;
    }
  }
`;
