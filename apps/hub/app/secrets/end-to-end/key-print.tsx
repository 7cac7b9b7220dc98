/** A key's fingerprint, in groups that are compared one by one. */
export const KeyPrint = ({ children }: { children: string }) => <code className="key-print">{children}</code>;
