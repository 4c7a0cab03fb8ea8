import { pairLimit, perSecond } from '../../domain/send-limit.ts';
import { standingOf } from '../../store/standing.ts';
import type { ChannelAdapter, ChannelRow } from '../channel.ts';
import { messagesPerSecondSet } from './config.ts';

/** Every number has this to begin with, and what Meta has upgraded to more has that (Meta, "Throughput"). */
const usualMessagesPerSecond = 80;
const upgradedMessagesPerSecond = 1000;

/** How many messages the number may send in a second: as it is set, or else as Meta has told. */
export function messagesPerSecondOf(channel: Pick<ChannelRow, 'config' | 'standing'>): number {
  const usual = standingOf(channel).upgraded === true ? upgradedMessagesPerSecond : usualMessagesPerSecond;
  return messagesPerSecondSet(channel) ?? usual;
}

export const whatsappLimits: ChannelAdapter['limits'] = (channel) => ({
  number: perSecond(messagesPerSecondOf(channel)),
  person: pairLimit,
});
