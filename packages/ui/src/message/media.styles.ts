import { css } from 'lit';

/** Files in bubbles. */
export const mediaStyles = css`
  .of-image > .bubble,
  .of-video > .bubble {
    inline-size: 312px;
    padding-block-start: 4px;
  }
  /* Reaches into the padding, so that the caption stays a line of text with the time at its end. */
  .of-image .media-frame,
  .of-video .media-frame {
    margin: 0 -7px 6px;
    max-inline-size: none;
  }
  .of-image .media-frame + .meta,
  .of-video .media-frame + .meta,
  .document-card + .meta {
    margin-block-start: 0;
  }
  .of-image .author,
  .of-video .author,
  .of-document .author {
    margin-block-end: 4px;
  }
  .media-frame {
    display: grid;
    place-items: center;
    align-content: center;
    gap: 6px;
    max-inline-size: 100%;
    padding: 0;
    border: 0;
    border-radius: calc(var(--_radius-large) - 4px);
    background: var(--_chip);
    color: var(--_muted);
    font-size: var(--_size-small);
    overflow: hidden;
  }
  .media-frame .icon {
    inline-size: 26px;
    block-size: 26px;
    stroke-width: 1.3;
  }
  .media-frame.picture {
    position: relative;
    inline-size: calc(100% + 14px);
    aspect-ratio: 4 / 3;
  }
  button.media-frame {
    cursor: zoom-in;
  }
  .media-frame img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    display: block;
  }
  video.media-frame {
    object-fit: contain;
    background: #000000;
  }
  .media-frame.missing {
    aspect-ratio: auto;
    padding: 16px;
    text-align: center;
    text-wrap: balance;
  }
  .of-document > .bubble {
    padding-block-start: 5px;
  }
  .document-card {
    display: flex;
    align-items: center;
    gap: 10px;
    inline-size: 290px;
    max-inline-size: calc(100% + 12px);
    margin: 0 -6px 6px;
    padding: 9px 12px 9px 9px;
    border: 0;
    border-radius: calc(var(--_radius-large) - 4px);
    background: color-mix(in oklab, var(--_surface) 62%, transparent);
    text-align: start;
    cursor: pointer;
  }
  .theirs .document-card {
    background: var(--_sunken);
  }
  .document-card:hover:not(:disabled) {
    background: var(--_surface);
  }
  .theirs .document-card:hover:not(:disabled) {
    background: var(--_hover);
  }
  .document-card:disabled {
    cursor: default;
  }
  .document-card > .icon {
    color: var(--_muted);
    inline-size: 17px;
    block-size: 17px;
  }
  .file-kind {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 34px;
    block-size: 40px;
    border-radius: 6px;
    background: #5a6670;
    color: #ffffff;
    font-size: 9.5px;
    font-weight: 650;
  }
  .file-kind.pdf {
    background: #c5362b;
  }
  .file-kind.sheet {
    background: #1d7a4c;
  }
  .file-kind.text {
    background: #2f66b5;
  }
  .file-text {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    gap: 1px;
  }
  .file-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 550;
  }
  .file-about {
    color: var(--_muted);
    font-size: var(--_size-small);
  }

  .audio {
    inline-size: 272px;
    max-inline-size: 100%;
    min-block-size: 40px;
  }
`;
