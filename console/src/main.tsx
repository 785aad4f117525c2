import { createRoot } from 'react-dom/client';
import { live } from './api/live';
import { App } from './app/App';
import './design/tokens.css';
import './app/shell.css';

// The stream starts before the first paint: the page fills as soon as it stands.
live.start();
createRoot(document.getElementById('root')!).render(<App />);
