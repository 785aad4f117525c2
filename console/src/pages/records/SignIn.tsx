import { useState } from 'react';
import { identity, type Credentials } from '../../api/identity';
import { BadIcon, PersonIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { words } from './RecordsPage';

interface SignInProps {
  /** Who administers the prefix, as far as the node says. */
  administrator: string;
  credentials: Credentials | null;
  onSigned: (credentials: Credentials | null) => void;
}

const MOST_BYTES = 65_536;

/** Takes an administrator's secret. It is kept in this page's memory alone, until the page is left. */
export function SignIn({ administrator, credentials, onSigned }: SignInProps) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState<string | null>(null);
  const [secret, setSecret] = useState('');
  const [failed, setFailed] = useState('');
  const [busy, setBusy] = useState(false);
  const given = name ?? administrator;
  if (credentials) {
    return (
      <p className="signed"><PersonIcon />{t('signedIn', { name: credentials.administrator })}
        <button className="button" type="button" onClick={() => onSigned(null)}>{t('signOut')}</button></p>
    );
  }
  if (!open) {
    return <p className="signed soft"><PersonIcon />{t('readsPublic')}
      <button className="button" type="button" onClick={() => setOpen(true)}>{t('signIn')}</button></p>;
  }
  const enter = async () => {
    setBusy(true);
    try {
      const made = { administrator: given.trim(), secret: secret.trim() };
      await identity.signIn(made);
      setSecret('');
      setFailed('');
      setOpen(false);
      onSigned(made);
    } catch (error) {
      setFailed(words(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="panel signin" onSubmit={(event) => {
      event.preventDefault();
      void enter();
    }}>
      <label>{t('administrator')}
        <input className="field" value={given} autoComplete="off" spellCheck={false} onChange={(event) => setName(event.target.value)} /></label>
      <label>{t('secret')}
        <input className="field" type="password" value={secret} autoComplete="off" autoFocus required onChange={(event) => setSecret(event.target.value)} /></label>
      <label>{t('secretFile')}
        <input type="file" onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void file.slice(0, MOST_BYTES).text().then((text) => setSecret(text.trim()));
        }} /></label>
      <div className="buttons">
        <button className="button primary" type="submit" disabled={busy}>{t('signIn')}</button>
        <button className="button" type="button" onClick={() => { setOpen(false); setSecret(''); }}>{t('cancel')}</button>
      </div>
      {failed && <p className="quality bad" role="alert"><BadIcon size={14} /><span>{failed}</span></p>}
      <p className="soft">{t('secretNote')}</p>
    </form>
  );
}
