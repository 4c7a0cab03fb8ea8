import { css } from 'lit';

/** One pane under 480 px of its own width, two under 900 px with the panel as a sheet, three above. */
export const layoutStyles = css`
  :host {
    block-size: var(--prosa-block-size, 100%);
    min-inline-size: 280px;
    background: var(--_page);
    overflow: hidden;
  }
  /* Its height where the page gives none; never more than what the page gives. */
  :host::before {
    content: '';
    display: block;
    block-size: 420px;
  }
  .frame {
    position: absolute;
    inset: 0;
    container: prosa-inbox / inline-size;
  }
  .frame > .empty {
    block-size: 100%;
  }
  .panes {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) / clamp(264px, 42%, 340px) minmax(0, 1fr);
    block-size: 100%;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .pane-head {
    flex: none;
    display: flex;
    align-items: center;
    gap: 12px;
    block-size: var(--_header);
    padding-inline: 16px;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
  }
  .list-pane > .pane-head {
    background: none;
    border-block-end-color: transparent;
  }
  .pane-head h2 {
    font-size: var(--_size-title);
  }
  .list-pane h2 {
    font-size: calc(var(--_size) + 2px);
  }
  .back {
    display: none;
  }
  .panel-pane {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    border-inline-start: 1px solid var(--_line);
    background: var(--_surface);
  }
  .panel-scroll {
    flex: 1;
    min-block-size: 0;
  }
  .sheet-backdrop {
    display: none;
  }

  @container prosa-inbox (inline-size >= 900px) {
    .panes {
      grid-template-columns: 350px minmax(0, 1fr);
    }
    .panes.with-panel {
      grid-template-columns: 350px minmax(0, 1fr) 312px;
    }
  }
  @container prosa-inbox (900px <= inline-size < 1100px) {
    .panes {
      grid-template-columns: 290px minmax(0, 1fr);
    }
    .panes.with-panel {
      grid-template-columns: 290px minmax(0, 1fr) 272px;
    }
  }
  @container prosa-inbox (inline-size < 900px) {
    .panel-pane {
      position: absolute;
      inset-block: 0;
      inset-inline-end: 0;
      z-index: 2;
      inline-size: min(360px, 100%);
      box-shadow: var(--_shadow);
      animation: prosa-sheet var(--_motion) ease-out;
    }
    .sheet-backdrop {
      display: block;
      position: absolute;
      inset: 0;
      z-index: 1;
      border: 0;
      background: var(--_backdrop);
    }
  }
  @container prosa-inbox (inline-size < 480px) {
    .panes {
      grid-template-columns: minmax(0, 1fr);
    }
    .panes[data-view='list'] > .thread-pane,
    .panes[data-view='thread'] > .list-pane {
      display: none;
    }
    .list-pane {
      border-inline-end: 0;
    }
    .back {
      display: inline-grid;
      margin-inline: -10px -4px;
    }
    .panel-pane {
      inline-size: 100%;
      border: 0;
    }
  }
  @keyframes prosa-sheet {
    from {
      opacity: 0;
      transform: translateX(12px);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .panel-pane,
    .to-end {
      animation: none !important;
    }
  }
`;
