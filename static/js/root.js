export const rootOf=()=>new URL("../../",import.meta.url);
