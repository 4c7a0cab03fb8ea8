import { css } from 'lit';

/** The player of recordings. */
export const audioStyles = css`
  .audio {
    display: flex;
    align-items: center;
    gap: 10px;
    padding-block-start: 2px;
  }
  .audio-toggle {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 38px;
    block-size: 38px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_accent-ink);
    cursor: pointer;
  }
  .audio-toggle:disabled {
    background: var(--_chip);
    color: var(--_muted);
    cursor: default;
  }
  .audio-track {
    flex: 1;
    min-inline-size: 0;
    display: grid;
  }
  .audio-track input {
    inline-size: 100%;
    block-size: 18px;
    margin: 0;
    accent-color: var(--_accent);
    cursor: pointer;
  }
  .audio-track input:disabled {
    cursor: default;
  }
  .audio-about {
    display: flex;
    align-items: center;
    gap: 4px;
    color: var(--_muted);
    font-size: var(--_size-tiny);
  }
  .audio-about .icon {
    inline-size: 13px;
    block-size: 13px;
  }
  .of-audio .meta {
    margin-block-start: -17px;
  }
  .audio-rate {
    flex: none;
    min-inline-size: 38px;
    padding: 3px 6px;
    border: 0;
    border-radius: 999px;
    background: var(--_chip);
    font-size: var(--_size-tiny);
    font-weight: 550;
    cursor: pointer;
  }
`;
