/** `2027-01-31 09:30Z`; `-` where there is no instant. */
export const minuteOf = (at: string | null): string => (at === null ? '-' : `${at.slice(0, 10)} ${at.slice(11, 16)}Z`);
