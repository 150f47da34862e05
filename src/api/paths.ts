/** Prefixes of the two services behind the API. */
export const BACKEND = '/api/backend/v1/developer';
export const CHAT = '/api/chat/v1/developer';
