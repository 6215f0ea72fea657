// The types that the portal gives to applications: what the specs write by them proves them.
/// <reference path="../../public/portal-bridge.d.ts" />
