import { css } from 'lit';

export const launcherStyles = css`
  .launcher {
    position: fixed;
    z-index: var(--_layer);
    inset-block-end: calc(20px + env(safe-area-inset-bottom, 0px));
    inset-inline-end: 20px;
    display: grid;
    place-items: center;
    inline-size: 56px;
    block-size: 56px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_accent-ink);
    box-shadow: var(--_shadow);
    cursor: pointer;
    transition: background-color var(--_motion);
  }
  .frame.left .launcher {
    inset-inline: 20px auto;
  }
  .launcher:hover {
    background: var(--_accent-hover);
  }
  .launcher:focus-visible {
    outline: 2px solid var(--_text);
    outline-offset: 3px;
  }
  .launcher .icon {
    inline-size: 26px;
    block-size: 26px;
    stroke-width: 1.5;
  }
  .badge {
    position: absolute;
    inset-block-start: -4px;
    inset-inline-end: -4px;
    display: grid;
    place-items: center;
    min-inline-size: 22px;
    block-size: 22px;
    padding-inline: 6px;
    border: 2px solid var(--_surface);
    border-radius: 99px;
    background: light-dark(#b3261e, #c5352c);
    color: #fff;
    font-size: 12px;
    font-weight: 650;
    line-height: 1;
  }
`;
