// The accounts of the reference service (its catalogue names them all).
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { places } from './host.mjs';

/** The password of every ordinary account. */
export const password = 'portal';

/** Organizations by what their lists hold. */
export const organization = {
  /** Applications in all 16 categories, and one for each failure. */
  many: 'North Sea Energy',
  few: 'Helios Solar Group',
  /** Names mainly in Chinese. */
  chinese: 'Harbor City Utilities',
  threeHundred: 'Scale 300',
  threeThousand: 'Atlas Scale Test',
  none: 'Quiet Meadow',
  hostile: 'Red Team',
} as const;

/** Organizations of `restless` that cannot be worked in, by what goes wrong. */
export const failing = { forbidden: 'Closed Basin', serverError: 'Broken Relay', unselected: 'Loose End', busy: 'Rush Hour' } as const;

/** How many applications {@link organization.many} has: the catalogue is there to be edited, so it is counted. */
export const howMany: number = (
  JSON.parse(readFileSync(path.join(places.repository, 'crates/portal-demo/catalogue/north-sea.json'), 'utf8')) as {
    applications: unknown[];
  }
).applications.length;

/** The ids of the organizations that addresses in these tests name. */
export const organizationId = { many: 'o-north-sea', few: 'o-helios', hostile: 'o-hostile' } as const;

/** Applications of {@link organization.many} that show a failure each. */
export const sentinel = {
  notAcquired: 'Not Acquired',
  noRights: 'No Rights',
  withoutMenus: 'Without Menus',
  serverError: 'Menu Server Error',
  slow: 'Slow Menus',
  disabled: 'Disabled',
  hostile: 'Hostile Addresses',
} as const;

/** An application of {@link organization.many} without an address of its own: it opens at its first menu entry. */
export const addressless = 'PV Forecast';

/** An application of {@link organization.many} on another origin than the portal's, which may open in a tab of its own. */
export const elsewhere = 'Wake Steering';

/** The application of {@link organization.many} that the story opens, one of its menu entries, and that page's words. */
export const story = { application: 'Turbine Monitor', entry: 'Alarms', words: /alarm/i } as const;
