import { Menu } from '@base-ui/react/menu';
import { Link, useSubmit } from '@remix-run/react';
import { useState } from 'react';
import { Check, LogOut, UserRound } from '../components/icons.ts';
import { type Theme, themes } from './preferences.ts';
import { applyTheme, themeLooks } from './theme.ts';

export interface UserMenuProps {
  name: string;
  email: string;
  theme: Theme;
}

/** Who is signed in, the theme, and the way out. Loaded when it is first opened, so it begins open. */
export function UserMenu({ name, email, theme: stored }: UserMenuProps) {
  const [theme, setTheme] = useState(stored);
  const submit = useSubmit();
  function choose(next: Theme): void {
    setTheme(next);
    applyTheme(next);
  }
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger className="avatar" aria-label={`Account of ${name || email}`}>
        {(name || email).slice(0, 1).toUpperCase()}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-30">
          <Menu.Popup className="menu">
            <div className="px-2.5 pt-1.5 pb-2">
              <div className="font-medium">{name || email}</div>
              {name ? <div className="text-muted text-xs">{email}</div> : null}
            </div>
            <Menu.LinkItem className="menu-item" render={<Link to="/profile" />} closeOnClick>
              <UserRound size={14} aria-hidden="true" />
              Your profile
            </Menu.LinkItem>
            <Menu.Separator className="menu-line" />
            <Menu.RadioGroup value={theme} onValueChange={choose}>
              <Menu.GroupLabel className="px-2.5 pt-1.5 pb-1 text-faint text-xs">Theme</Menu.GroupLabel>
              {themes.map((value) => {
                const { word, Icon } = themeLooks[value];
                return (
                  <Menu.RadioItem key={value} value={value} closeOnClick={false} className="menu-item">
                    <Icon size={14} aria-hidden="true" />
                    {word}
                    <Menu.RadioItemIndicator className="ml-auto">
                      <Check size={14} aria-hidden="true" />
                    </Menu.RadioItemIndicator>
                  </Menu.RadioItem>
                );
              })}
            </Menu.RadioGroup>
            <Menu.Separator className="menu-line" />
            <Menu.Item className="menu-item" onClick={() => submit(null, { method: 'post', action: '/sign-out' })}>
              <LogOut size={14} aria-hidden="true" />
              Sign out
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
