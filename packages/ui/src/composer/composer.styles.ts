import { css } from 'lit';

export const composerStyles = css`
  .composer-area {
    flex: none;
    padding: 8px 16px 14px;
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
  }
  .window-banner {
    padding-block: 1px 8px;
    color: var(--_muted);
    font-size: var(--_size-small);
    text-align: center;
    text-wrap: balance;
  }
  .window-banner .icon {
    display: inline-block;
    inline-size: 15px;
    block-size: 15px;
    margin-inline-end: 7px;
    vertical-align: -3px;
  }
  .window-banner.closing {
    color: var(--_warning);
    font-weight: 550;
  }
  .composer-loading {
    block-size: 90px;
  }
  .composer {
    position: relative;
    display: flex;
    flex-direction: column;
    border: 1px solid color-mix(in oklab, var(--_line-strong) 45%, var(--_line));
    border-radius: var(--_radius-large);
    background: var(--_page);
    transition: border-color var(--_motion);
  }
  .composer:focus-within {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  .composer textarea {
    display: block;
    inline-size: 100%;
    min-block-size: 42px;
    max-block-size: 190px;
    padding: 11px 14px 5px;
    border: 0;
    outline: 0;
    background: none;
    resize: none;
    overflow-y: auto;
    line-height: 1.45;
  }
  .composer textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .composer-tools {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 4px 8px 8px;
  }
  .composer-hint {
    flex: 1;
    min-inline-size: 0;
    color: var(--_muted);
    font-size: var(--_size-tiny);
    line-height: 1.3;
    text-align: end;
    text-wrap: balance;
  }
  .composer-hint.over {
    color: var(--_danger);
    font-weight: 550;
  }
  .send .icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .drop-hint {
    position: absolute;
    inset: 0;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    border: 2px dashed var(--_accent);
    border-radius: inherit;
    background: var(--_accent-soft);
    color: var(--_accent-text);
    font-weight: 550;
    pointer-events: none;
  }

  .uploads {
    display: grid;
    gap: 6px;
    max-block-size: 200px;
    overflow-y: auto;
    padding: 10px 10px 2px;
  }
  .upload {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 6px 6px 6px 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .upload-preview {
    flex: none;
    inline-size: 34px;
    block-size: 40px;
    border-radius: 6px;
    object-fit: cover;
    background: var(--_chip);
  }
  .upload.failed {
    border-color: color-mix(in oklab, var(--_danger) 45%, transparent);
  }
  .upload-error {
    display: flex;
    align-items: center;
    gap: 5px;
    color: var(--_danger);
    font-size: var(--_size-small);
  }
  .upload-error .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  progress {
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 3px;
    margin-block-start: 4px;
    border: 0;
    border-radius: 2px;
    background: var(--_chip);
    overflow: hidden;
  }
  progress::-webkit-progress-bar {
    background: var(--_chip);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
    transition: inline-size var(--_motion);
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }

  @container (inline-size < 560px) {
    .composer-area {
      padding-inline: 10px;
    }
    .composer-hint.usual {
      block-size: 0;
      visibility: hidden;
    }
  }
`;
