export { arrives } from './arrives.ts';
export { openAudience, type Audience } from './audience.ts';
export { inboxOf } from './inbox-of.ts';
export { openStage, type Stage, type StageAgent, type StageKey } from './open-stage.ts';
export { runProgram, type Ended, type Program } from './run-program.ts';
export { webchatOf } from './webchat-of.ts';
