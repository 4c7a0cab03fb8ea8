import { css } from 'lit';

export const threadStyles = css`
  .body {
    position: relative;
    flex: 1;
    min-block-size: 0;
    display: flex;
  }
  .log {
    flex: 1;
    display: flex;
    flex-direction: column;
    padding: 16px;
    outline-offset: -2px;
  }
  .log > :first-child {
    margin-block-start: auto;
  }
  .to-end {
    position: absolute;
    inset-block-end: 12px;
    inset-inline-end: 14px;
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: 50%;
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    cursor: pointer;
  }
  .line {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    margin-block-start: 10px;
  }
  .line.follows {
    margin-block-start: 4px;
  }
  .line.out {
    align-items: flex-end;
  }
  .bubble {
    max-inline-size: 84%;
    padding: 8px 12px;
    border: 1px solid var(--_line);
    border-radius: 14px;
    border-end-start-radius: 4px;
    background: var(--_bubble-in);
    overflow-wrap: anywhere;
  }
  .out .bubble {
    border-color: transparent;
    border-radius: 14px;
    border-end-end-radius: 4px;
    background: var(--_bubble-out);
  }
  .bubble.system {
    background: none;
    border-style: dashed;
    color: var(--_muted);
  }
  .bubble.failed {
    border-color: var(--_danger);
  }
  .text {
    white-space: pre-wrap;
  }
  .text a {
    color: var(--_accent-text);
    text-underline-offset: 2px;
  }
  .text code {
    font-size: 0.92em;
    background: var(--_chip);
    border-radius: 4px;
    padding: 0 3px;
  }
  .text code.block {
    display: block;
    padding: 6px 8px;
    white-space: pre-wrap;
  }
  .quiet {
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .stamp {
    float: inline-end;
    display: inline-flex;
    align-items: center;
    gap: 3px;
    margin: 6px -2px -2px 10px;
    color: var(--_muted);
    font-size: 11.5px;
    line-height: 1.3;
  }
  .bubble::after {
    content: '';
    display: block;
    clear: both;
  }
  .ticks,
  .waiting-mark {
    display: inline-flex;
  }
  .ticks .icon {
    inline-size: 15px;
    block-size: 15px;
  }
  .ticks.read {
    color: var(--_read);
  }
  .waiting-mark .icon {
    inline-size: 12px;
    block-size: 12px;
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 10px;
    margin-block-start: 4px;
    color: var(--_danger);
    font-size: var(--_size-small);
  }
  .day,
  .notice {
    margin-block-start: 14px;
    text-align: center;
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .day {
    font-size: 11.5px;
  }
  .earlier {
    align-self: center;
    font-size: var(--_size-small);
  }
  .dots {
    display: flex;
    gap: 4px;
    padding-block: 12px;
  }
  .dots i {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: var(--_muted);
    animation: breathe 1.2s ease-in-out infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 150ms;
  }
  .dots i:nth-child(3) {
    animation-delay: 300ms;
  }
  @keyframes breathe {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
    }
  }

  .bubble[data-type='image'],
  .bubble[data-type='video'] {
    padding: 4px;
  }
  [data-type='image'] .text,
  [data-type='video'] .text {
    display: inline-block;
    padding: 4px 8px 4px;
  }
  [data-type='image'] .stamp,
  [data-type='video'] .stamp {
    margin: 4px 8px 4px 10px;
  }
  .media {
    display: block;
    inline-size: 260px;
    max-inline-size: 100%;
    max-block-size: 320px;
    border-radius: 11px;
    overflow: hidden;
  }
  .media img {
    display: block;
    inline-size: 100%;
    max-block-size: 320px;
    object-fit: cover;
  }
  .missing {
    display: grid;
    place-items: center;
    block-size: 150px;
    background: var(--_chip);
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  audio {
    display: block;
    inline-size: 250px;
    max-inline-size: 100%;
    block-size: 40px;
  }
  [data-type='document'] .stamp {
    margin-block-start: 0;
  }
  .file {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 240px;
    max-inline-size: 100%;
    padding: 6px 2px;
    border: 0;
    border-radius: 8px;
    background: none;
    text-align: start;
  }
  button.file {
    cursor: pointer;
  }
  button.file:disabled {
    cursor: default;
  }
  .file-text {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    gap: 2px;
  }
  .file-name {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    font-weight: 550;
    line-height: 1.3;
  }
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 4px;
    border: 0;
    border-radius: 4px;
    background: color-mix(in oklab, var(--_text) 14%, transparent);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
    transition: inline-size var(--_motion);
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  @media (prefers-reduced-motion: reduce) {
    .dots i {
      animation: none;
      opacity: 0.7;
    }
  }
`;
