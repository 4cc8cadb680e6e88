/** The folder of the guide, from the address of this script, which is in its static/js. */
export const rootOf = () => new URL('../../', import.meta.url);
