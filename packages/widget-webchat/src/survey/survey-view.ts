import type { VisitorSurvey } from '@prosa/core/contract';
import { iconCheck } from '@prosa/ui';
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../locales/words.ts';
import type { SurveyController } from './survey-controller.ts';

/** The question at the end of a service: a score, then why, once. */
export function surveyView(words: Words, survey: VisitorSurvey, answer: SurveyController): TemplateResult {
  if (survey.score !== null) {
    return html`<div class="card survey answered" role="status">
      ${iconCheck}
      <p>
        <strong>${survey.thanks}</strong><br /><span class="muted">${words.answered(survey.score, survey.max)}</span>
      </p>
    </div>`;
  }
  const scores = Array.from({ length: survey.max - survey.min + 1 }, (_, index) => survey.min + index);
  return html`<form
    class="card survey"
    @submit=${(event: Event) => {
      event.preventDefault();
      void answer.send();
    }}
  >
    <fieldset>
      <legend>${survey.question}</legend>
      <div class="scores ${scores.length > 7 ? 'many' : ''}">
        ${scores.map(
          (score) =>
            html`<label class="score"
              ><input
                class="sr-only"
                type="radio"
                name="score"
                .value=${String(score)}
                aria-label=${nameOf(words, survey, score)}
                .checked=${answer.score === score}
                @change=${() => {
                  answer.choose(score);
                }}
              /><span aria-hidden="true" class="numeric">${score}</span></label
            >`,
        )}
      </div>
      <p class="ends" aria-hidden="true">
        <span>${survey.min}: ${words.lowest[survey.instrument]}</span
        ><span>${survey.max}: ${words.highest[survey.instrument]}</span>
      </p>
    </fieldset>
    ${
      answer.score === null
        ? nothing
        : html`<div class="field">
              <label for="survey-comment">${words.comment} <span class="optional">(${words.optional})</span></label>
              <textarea
                class="input"
                id="survey-comment"
                rows="2"
                maxlength="1000"
                .value=${answer.comment}
                @input=${(event: Event & { target: HTMLTextAreaElement }) => {
                  answer.comment = event.target.value;
                }}
              ></textarea>
            </div>
            <button class="button primary block" type="submit" ?disabled=${answer.isSending}>
              ${words.sendAnswer}
            </button>
            ${answer.failed ? html`<p class="error" role="alert">${words.somethingFailed}</p>` : nothing}`
    }
  </form>`;
}

/** The ends of the scale say in words what they mean. */
function nameOf(words: Words, { instrument, min, max }: VisitorSurvey, score: number): string {
  const name = words.score(score, max);
  if (score === min) return `${name}, ${words.lowest[instrument]}`;
  return score === max ? `${name}, ${words.highest[instrument]}` : name;
}
