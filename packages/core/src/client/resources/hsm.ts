import type {
  MessageTemplate,
  MessageTemplateCreate,
  MessageTemplateUpdate,
  TemplateStatus,
} from '../../contract/index.ts';
import { hsmPaths as routes } from '../../contract/paths.ts';
import type { CallOptions, CommandOptions, List, PageParams } from '../call-options.ts';
import type { Calls } from './calls.ts';

/** Which templates are listed. */
export interface HsmListParams extends PageParams {
  readonly status?: TemplateStatus | undefined;
  readonly channelId?: string | undefined;
  /** Part of the name. */
  readonly search?: string | undefined;
}

/**
 * Message templates (HSM). Making and changing them is for administrators and API keys. A method that takes an id
 * rejects with `not_found`.
 */
export interface HsmResource {
  /**
   * By name. Rejects with `cursor_invalid`.
   * @example
   * const { data } = await prosa.hsm.list({ search: 'entrega', status: 'approved' });
   */
  list(params?: HsmListParams, options?: CallOptions): List<MessageTemplate>;
  /** One, with its variables, and in `reason` what Meta has against it. */
  get(templateId: string, options?: CallOptions): Promise<MessageTemplate>;
  /**
   * Makes a template and hands it to Meta; `template.updated` tells what came of it. Rejects with `validation_failed`,
   * and the fields, when a limit of Meta's is exceeded, and with `template_name_taken`; with `attachment_not_ready` when
   * the example of a header is a file that is not there yet.
   * @example
   * await prosa.hsm.create({
   *   name: 'entrega_a_caminho',
   *   category: 'UTILITY',
   *   language: 'pt_BR',
   *   components: [{ type: 'BODY', text: 'Olá, {{1}}. Seu pedido saiu para entrega.', examples: ['Marina'] }],
   * });
   */
  create(template: MessageTemplateCreate, options?: CommandOptions): Promise<MessageTemplate>;
  /**
   * Approved, rejected and paused ones only; the components that are given replace all of the old ones. Rejects with
   * `template_not_editable`, `attachment_not_ready`.
   */
  update(templateId: string, changes: MessageTemplateUpdate, options?: CommandOptions): Promise<MessageTemplate>;
  /** At Meta, too; messages that were sent with it stay. Rejects with `template_not_editable`. */
  delete(templateId: string, options?: CommandOptions): Promise<MessageTemplate>;
  /** Asks Meta for its list soon; of all channels when none is named. */
  sync(
    params?: { readonly channelId?: string | undefined },
    options?: CommandOptions,
  ): Promise<{ readonly channels: number }>;
}

export function createHsm({ methods }: Calls): HsmResource {
  const { list, act, say } = methods();
  return {
    list: list(routes.list),
    get: act(routes.get),
    create: say(routes.create),
    update: say(routes.update),
    delete: act(routes.delete),
    sync: say(routes.sync),
  };
}
