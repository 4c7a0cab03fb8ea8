import { tokenizeWhatsAppText, type TextToken } from '@prosa/core';
import { html, type TemplateResult } from 'lit';

/** A message's text with WhatsApp's marks and links. What it holds never becomes markup. */
export function messageText(text: string): readonly (string | TemplateResult)[] {
  return tokenizeWhatsAppText(text).map(drawToken);
}

/** What is read of it, without the marks: for a line of preview. */
export function unmarkedText(text: string): string {
  return tokenizeWhatsAppText(text).map(readToken).join('');
}

function readToken(token: TextToken): string {
  if (!('children' in token)) return token.text;
  return (token.type === 'item' ? token.marker : '') + token.children.map(readToken).join('');
}

function drawToken(token: TextToken): string | TemplateResult {
  switch (token.type) {
    case 'text':
      return token.text;
    case 'bold':
      return html`<strong>${token.children.map(drawToken)}</strong>`;
    case 'italic':
      return html`<em>${token.children.map(drawToken)}</em>`;
    case 'strike':
      return html`<s>${token.children.map(drawToken)}</s>`;
    case 'quote':
      return html`<span class="quote">${token.children.map(drawToken)}</span>`;
    case 'item':
      return html`${/\d/.test(token.marker) ? token.marker : '• '}${token.children.map(drawToken)}`;
    case 'code':
      return html`<code>${token.text}</code>`;
    case 'block':
      return html`<code class="block">${token.text}</code>`;
    case 'link':
      return html`<a href=${token.href} target="_blank" rel="noopener noreferrer nofollow ugc">${token.text}</a>`;
  }
}
