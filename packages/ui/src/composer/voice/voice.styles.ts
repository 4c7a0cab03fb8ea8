import { css } from 'lit';

/** The recorder, and the recording before it goes. */
export const voiceStyles = css`
  .recorder-sound {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 42px;
    padding: 8px 14px 2px;
  }
  .recorder-sound .icon {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
  }
  .recorder-sound.asking {
    color: var(--_muted);
  }
  .recorder-sound.problem {
    color: var(--_danger);
    line-height: 1.35;
  }
  .recorder-light {
    flex: none;
    inline-size: 9px;
    block-size: 9px;
    border-radius: 50%;
    background: var(--_danger);
  }
  .recorder-clock {
    flex: none;
    min-inline-size: 4ch;
    font-weight: 550;
  }
  .recorder-wave {
    flex: 1;
    min-inline-size: 0;
    block-size: 28px;
    fill: none;
    stroke: var(--_accent);
    stroke-width: 2;
    stroke-linecap: round;
    opacity: 0.75;
  }
  .voice-play {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_accent-ink);
    cursor: pointer;
  }
  .voice-play:hover {
    background: var(--_accent-hover);
  }
  @media (prefers-reduced-motion: no-preference) {
    .recorder-light {
      animation: prosa-breathe 1.6s ease-in-out infinite;
    }
  }
`;
