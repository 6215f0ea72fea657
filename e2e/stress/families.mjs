// The tokens of a strict service: access tokens end soon, a refresh token is good once, and a refresh token that is used
// twice ends its whole family.
import { randomBytes } from 'node:crypto';

/**
 * @typedef {object} Family what one sign-in led to
 * @property {number} id
 * @property {string | undefined} organization
 * @property {boolean} revoked
 */
/**
 * @typedef {object} Refresh
 * @property {Family} family
 * @property {string} organization
 * @property {string} name for the log: the family and a number
 * @property {boolean} used
 */
/** @typedef {'unknown' | 'revoked' | 'reused'} Refusal */

const encoded = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Thirty days, as the samples of the contract have it. */
const refreshLifeMs = 2_592_000_000;

export class Families {
  /** @type {Map<string, { family: Family, name: string, ends: number, renewed: boolean, seen: boolean }>} */
  #access = new Map();
  /** @type {Map<string, Refresh>} */
  #refresh = new Map();
  #families = 0;
  #pairs = 0;

  /** @param {number} lifetimeMs how long an access token lives */
  constructor(lifetimeMs) {
    this.lifetimeMs = lifetimeMs;
  }

  /** The family of an access token that is good now. @param {string} token @returns {Family | undefined} */
  familyOf(token) {
    const known = this.#access.get(token);
    if (known !== undefined) known.seen = true;
    return known === undefined || known.family.revoked || known.ends <= Date.now() ? undefined : known.family;
  }

  /** For the log: which token it is, and for how long it has been over. @param {string} token */
  describe(token) {
    const known = this.#access.get(token);
    return known === undefined ? 'A?' : `${known.name}, over for ${Date.now() - known.ends} ms`;
  }

  /** How many pairs a refresh made that no page came to use. @returns {number} */
  get lost() {
    return [...this.#access.values()].filter(({ renewed, seen }) => renewed && !seen).length;
  }

  /** When the last access token ends. @returns {number} */
  get lastEnds() {
    return Math.max(0, ...[...this.#access.values()].map(({ ends }) => ends));
  }

  /** A new family, without an organization. @returns {string} the access token for the choice */
  begin() {
    this.#families += 1;
    return this.#newAccess({ id: this.#families, organization: undefined, revoked: false }, 'for the choice', false);
  }

  /**
   * The family works in an organization from now on. Earlier access tokens end; an earlier refresh token stays good once,
   * so that a refresh on its way does not become a reuse.
   * @param {Family} family @param {string} organization
   */
  choose(family, organization) {
    family.organization = organization;
    this.#endAccess(family);
    return this.#pair(family, organization, false);
  }

  /**
   * Spends a refresh token.
   * @param {string} token
   * @returns {{ name: string, organization: string, pair: ReturnType<Families['choose']> } | { name: string, refused: Refusal, ends: boolean }}
   */
  renew(token) {
    const known = this.#refresh.get(token);
    if (known === undefined) return { name: 'R?', refused: 'unknown', ends: false };
    const { family, name } = known;
    if (known.used) {
      const ends = !family.revoked;
      this.end(family);
      return { name, refused: 'reused', ends };
    }
    known.used = true;
    if (family.revoked) return { name, refused: 'revoked', ends: false };
    // The service has one working organization a session, so an older token works where the session does.
    const organization = family.organization ?? known.organization;
    this.#endAccess(family);
    return { name, organization, pair: this.#pair(family, organization, true) };
  }

  /** @param {Family} family */
  end(family) {
    family.revoked = true;
    this.#endAccess(family);
  }

  /** @param {Family} family */
  #endAccess(family) {
    const now = Date.now();
    for (const token of this.#access.values()) if (token.family === family && token.ends > now) token.ends = now;
  }

  /** @param {Family} family @param {string} name @param {boolean} renewed */
  #newAccess(family, name, renewed) {
    const token = `APP_PORTAL_S_${randomBytes(16).toString('hex')}`;
    // The token of Log In is only for the choice; it does not end while a person looks at the list.
    const life = family.organization === undefined ? 60_000 : this.lifetimeMs;
    this.#access.set(token, { family, name, ends: Date.now() + life, renewed, seen: false });
    return token;
  }

  /** @param {Family} family @param {string} organization @param {boolean} renewed by a refresh, not by a choice */
  #pair(family, organization, renewed) {
    this.#pairs += 1;
    const expires = Date.now() + refreshLifeMs;
    const name = `R${family.id}.${this.#pairs}`;
    const claims = { sub: 'kim', userId: 'u1', iss: 'APP-PORTAL', workingOrganizationId: organization, exp: Math.floor(expires / 1000), jti: name };
    const refreshToken = `${encoded({ alg: 'HS256' })}.${encoded(claims)}.${randomBytes(32).toString('base64url')}`;
    this.#refresh.set(refreshToken, { family, organization, name, used: false });
    return { accessToken: this.#newAccess(family, name.replace('R', 'A'), renewed), refreshToken, refreshTokenExpire: expires };
  }
}
