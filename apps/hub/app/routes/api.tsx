import type { MetaFunction } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { PageHeader } from '../components/page-header.tsx';
import { FramelessProblemPage } from '../components/problem-page.tsx';
import { pageTitle } from '../frame/page-title.ts';
import { type ApiDocument, operationsByTag } from '../reference/open-api.ts';
import { OperationCard } from '../reference/operation-card.tsx';
import { PublicPage } from '../reference/public-page.tsx';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'API reference');

const documentPath = '/api/openapi.json';

async function fetchDocument(): Promise<ApiDocument> {
  const response = await fetch(documentPath);
  if (!response.ok) throw new TypeError(`${documentPath} was answered ${response.status}`);
  return (await response.json()) as ApiDocument;
}

/** Everything that a program can ask, browsable. The browser fetches the document itself, like any other program. */
export default function ApiReference() {
  const [document, setDocument] = useState<ApiDocument>();
  const [fault, setFault] = useState<unknown>();
  useEffect(() => {
    fetchDocument().then(setDocument, setFault);
  }, []);
  if (fault !== undefined) throw fault;
  return document ? <Reference document={document} /> : <BeingFetched />;
}

function BeingFetched() {
  return (
    <PublicPage>
      <h1 className="text-xl">API reference</h1>
      <p className="text-muted" aria-busy="true">
        Made from{' '}
        <a href={documentPath} className="link">
          the OpenAPI document
        </a>
        , which is being fetched…
      </p>
    </PublicPage>
  );
}

function Reference({ document }: { document: ApiDocument }) {
  const groups = [...operationsByTag(document)];
  return (
    <PublicPage wide>
      <nav className="reference-nav" aria-label="Sections">
        <ul>
          {groups.map(([tag, operations]) => (
            <li key={tag}>
              <a href={`#${tag}`}>{words(tag)}</a> <span className="text-faint text-xs">{operations.length}</span>
            </li>
          ))}
        </ul>
      </nav>
      <div className="reference-body">
        <PageHeader title="API reference">
          <a href={documentPath} className="button ml-auto">
            OpenAPI 3.1
          </a>
        </PageHeader>
        <p className="max-w-prose text-muted">
          {document.info.description} Addresses begin with <code>{document.servers?.[0]?.url}</code>; a token goes along
          as <code>Authorization: Bearer nxt_…</code>.
        </p>
        {groups.map(([tag, operations]) => (
          <section key={tag} id={tag} aria-labelledby={`${tag}-title`} className="reference-group">
            <h2 id={`${tag}-title`}>{words(tag)}</h2>
            <div className="card overflow-clip">
              {operations.map((operation) => (
                <OperationCard key={operation.operationId} operation={operation} document={document} />
              ))}
            </div>
          </section>
        ))}
      </div>
    </PublicPage>
  );
}

const words = (tag: string): string => tag.charAt(0).toUpperCase() + tag.slice(1).replaceAll(/[-_]/g, ' ');

export function ErrorBoundary() {
  return <FramelessProblemPage />;
}
