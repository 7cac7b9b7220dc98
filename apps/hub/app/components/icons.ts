/** The icons in use, one module each: importing the whole set would make the build read two thousand files. */
export { default as Activity } from 'lucide-react/icons/activity';
export { default as ArrowDown } from 'lucide-react/icons/arrow-down';
export { default as ArrowLeft } from 'lucide-react/icons/arrow-left';
export { default as ArrowRight } from 'lucide-react/icons/arrow-right';
export { default as ArrowUp } from 'lucide-react/icons/arrow-up';
export { default as Check } from 'lucide-react/icons/check';
export { default as ChevronDown } from 'lucide-react/icons/chevron-down';
export { default as ChevronsUpDown } from 'lucide-react/icons/chevrons-up-down';
export { default as Copy } from 'lucide-react/icons/copy';
export { default as CornerDownRight } from 'lucide-react/icons/corner-down-right';
export { default as Download } from 'lucide-react/icons/download';
export { default as LogOut } from 'lucide-react/icons/log-out';
export { default as Monitor } from 'lucide-react/icons/monitor';
export { default as Moon } from 'lucide-react/icons/moon';
export { default as Search } from 'lucide-react/icons/search';
export { default as Sun } from 'lucide-react/icons/sun';
export { default as X } from 'lucide-react/icons/x';
