/**
 * What is tried first by whoever guesses. Lists of leaked passwords are, for the most part, a few hundred words with
 * something behind them, and runs over the keyboard; that is how they are kept here. Shorter ones than eight characters
 * are refused anyway.
 */
const words = `
abc abcd abcdef access account adidas admin administrator alexander america amanda andrea andrew angel angels anthony apple
arsenal asd asdf asdfgh asdfghjkl ashley aspire august austin azerty babygirl badboy bailey banana barcelona baseball
basketball batman beautiful bismillah blink blue bond brandon bubbles buster butterfly caroline changeit changeme charlie
charlotte cheese chelsea chicken chocolate christian chris company compaq computer cookie corvette cowboys dakota dallas
daniel database default demo diamond doctor dolphin donald dragon eagles elizabeth eminem estrella explorer facebook falcon
family ferrari firebird flower football forever franklin freedom friend friends fuckyou gabriel gateway george ginger
golfer google guest guitar hannah hello hockey hottie hunter hunting iloveyou iloveu internet jackson jasmine jennifer
jessica jesus jordan joseph joshua justin killer kissme klaster knight ladybug lakers leicester letmein lifehack liverpool
login london love lovely loveyou lovers maggie manager manchester marina marlboro martin master matrix matthew maverick
melissa mercedes metallica michael michelle midnight minecraft mission monday money monkey monster mother motorola mustang
myspace naruto natasha nexomatic nicholas nicole nirvana nothing november october oliver online orange ou812 p@ssw0rd
p@ssword packers pa55word pa55w0rd panther pass passport passw0rd passwd passwort password patrick peanut pepper phoenix
pokemon police porsche power presario princess private purple q1w2e3r4 q1w2e3r4t5 qazwsx qazwsxedc qwe qweasd qweasdzxc qwer
qwert qwerty qwertyu qwertyui qwertyuiop qwertz qwertzuiop rainbow rangers realmadrid remember robert rockyou ronaldo root
rosebud samantha samsung samuel scooter secret september service shadow shannon shopping silver skywalker slipknot snoopy
soccer softball spider spiderman spring starwars steelers stephanie steven summer sunflower sunshine super superman
superstar support sweet sweetheart sweety system teacher temp temporary tequiero test tester testing thomas thunder tigger
tinkerbell toor trustme trustno turtle twitter user username vanessa veronica victoria viking volleyball wachtwoord webmaster
welcome welkom whatever william winner winter wizard wolverine xavier yankees yellow zaq1xsw2 zaq1zaq1 zaq12wsx zxc zxcv
zxcvb zxcvbn zxcvbnm 1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 123qwe 123abc 123321 1password 123password
147258369 159357 159753 741852963 789456123 987654321 0987654321 246813579 135792468 1123581321 3141592653 11223344
112233445566 a1b2c3d4 a1s2d3f4 1a2b3c4d aa123456 abcd1234 asdf1234 qwer1234 zxcv1234 pass1234 abc12345
`
  .split(/\s/)
  .filter(Boolean);

const known = new Set(words);
const keyboardRuns = ['0123456789012345', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];

/** Whether the password is one of the most used: a known word, whatever digits and marks stand around it, or a run of keys. */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  const word = lower.replace(/^[\d\W_]+/, '').replace(/[\d\W_]+$/, '');
  return known.has(lower) || known.has(word) || isRepetition(lower) || isRun(lower);
}

/** `aaaaaaaa`, `12121212`, `abcabcabc`, `passwordpassword`. */
function isRepetition(text: string): boolean {
  const part = /^(.+?)\1+$/su.exec(text)?.[1];
  return part !== undefined && (part.length <= 4 || known.has(part));
}

function isRun(text: string): boolean {
  const backwards = [...text].reverse().join('');
  return keyboardRuns.some((run) => run.includes(text) || run.includes(backwards));
}
