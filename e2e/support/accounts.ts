// The accounts of the reference service (its catalogue names them all).

/** The password of every ordinary account. */
export const password = 'portal';

/** Organizations by what their lists hold. */
export const organization = {
  /** 34 applications in all 16 categories. */
  many: 'North Sea Energy',
  few: 'Helios Solar Group',
  /** Names mainly in Chinese. */
  chinese: 'Harbor City Utilities',
  threeHundred: 'Scale 300',
  threeThousand: 'Atlas Scale Test',
  none: 'Quiet Meadow',
  hostile: 'Red Team',
} as const;

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

/** The application of {@link organization.many} that the story opens, one of its menu entries, and that page's words. */
export const story = { application: 'Turbine Monitor', entry: 'Alarms', words: /alarm/i } as const;
