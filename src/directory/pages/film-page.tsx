/**
 * /jezyk-migowy: the office's film in Polish Sign Language, played from the office's own folder with
 * the browser's own buttons; nothing of it is fetched before somebody presses play.
 */
import type { JSX } from 'preact'
import { CitizenPage, Details, type Shell } from '../../ui/index.js'
import { mediaType, mediaUrl } from '../media.js'
import type { Film } from '../model.js'

export function FilmPage({ shell, film }: { shell: Shell; film: Film }): JSX.Element {
  const { t } = shell
  return (
    <CitizenPage shell={shell} title={t('directory.film.title')}>
      <h1 class="govuk-heading-xl">{t('directory.film.title')}</h1>
      <video
        class="okienko-film"
        controls
        preload="none"
        playsinline
        aria-label={t('directory.film.title')}
        {...(film.poster === null ? {} : { poster: mediaUrl(film.poster) })}
      >
        <source src={mediaUrl(film.video)} type={mediaType(film.video)} />
        <track kind="captions" src={mediaUrl(film.captions)} srclang="pl" label={t('directory.film.captions')} default />
      </video>
      <p class="govuk-body">
        <a class="govuk-link" href={mediaUrl(film.video)} download>
          {t('directory.film.download')}
        </a>
      </p>
      {film.transcript.length > 0 && (
        <Details summary={t('directory.film.transcript')}>
          <div lang="pl">
            {film.transcript.map((paragraph) => (
              <p class="govuk-body">{paragraph}</p>
            ))}
          </div>
        </Details>
      )}
    </CitizenPage>
  )
}
