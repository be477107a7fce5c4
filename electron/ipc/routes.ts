import type { Services } from '../app/services.ts';
import { accessRoutes } from './routes-access.ts';
import { cardRoutes } from './routes-card.ts';
import { copiesRoutes } from './routes-copies.ts';
import { deniedRoutes } from './routes-denied.ts';
import { healthRoutes } from './routes-health.ts';
import { jobRoutes } from './routes-jobs.ts';
import { keyRoutes } from './routes-keys.ts';
import { locateRoutes } from './routes-locate.ts';
import { recoveryRoutes } from './routes-recovery.ts';
import { settingsRoutes } from './routes-settings.ts';
import { signInRoutes } from './routes-sign-in.ts';
import { updateRoutes } from './routes-updates.ts';
import { waitingRoutes } from './routes-waiting.ts';
import type { WorkRoutes } from './services.ts';

/** Every call of the contract that is about work. Arguments have passed the gate: their form is right, no more. */
export function makeWorkRoutes(services: Services): WorkRoutes {
  return {
    ...jobRoutes(services),
    ...cardRoutes(services),
    ...copiesRoutes(services),
    ...deniedRoutes(services),
    ...locateRoutes(services),
    ...keyRoutes(services),
    ...recoveryRoutes(services),
    ...settingsRoutes(services),
    ...healthRoutes(services),
    ...signInRoutes(services),
    ...waitingRoutes(services),
    ...accessRoutes(services),
    ...updateRoutes(services),
  };
}
